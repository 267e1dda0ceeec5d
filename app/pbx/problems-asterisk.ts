import type { SessionProblem } from './port.ts';
import type { ProblemTexts } from './problems.ts';

/** What is said in other words of Asterisk's manager interface. */
export const ASTERISK_PROBLEMS: Partial<Readonly<Record<SessionProblem['code'], Partial<ProblemTexts>>>> = {
  unreachable: {
    todo: {
      de: 'Prüfen Sie Server und Port, die Firewall und „bindaddr“ oder „tlsbindaddr“ in manager.conf.',
      en: 'Check server and port, the firewall, and "bindaddr" or "tlsbindaddr" in manager.conf.',
    },
  },
  noEncryption: {
    why: {
      de: 'Der Server verschlüsselt an diesem Port nicht, oder nicht so, dass Tapline es annimmt; Ihr Passwort wurde nicht gesendet.',
      en: 'The server does not encrypt on this port, or not in a way that Tapline accepts; your password was not sent.',
    },
    todo: {
      de: 'Schalten Sie in manager.conf „tlsenable“ ein und geben Sie dessen Port an (üblich ist 5039); ohne Verschlüsselung geht es nur, wenn Sie es bei der Anmeldung zulassen.',
      en: 'Enable "tlsenable" in manager.conf and enter its port (5039 is usual); without encryption it works only if you allow it when you sign in.',
    },
  },
  wrongPassword: {
    what: {
      de: 'Asterisk hat die Anmeldung abgelehnt.',
      en: 'Asterisk has refused the sign-in.',
    },
    why: {
      de: 'Das Passwort ist falsch, der Benutzer unbekannt, oder er darf sich von diesem Rechner aus nicht anmelden: Asterisk sagt in allen drei Fällen dasselbe.',
      en: 'The secret is wrong, the user is unknown, or may not sign in from this computer: Asterisk says the same in all three cases.',
    },
    todo: {
      de: 'Vergleichen Sie Benutzer und „secret“ mit manager.conf, und „permit“ und „deny“ dort mit der Adresse dieses Rechners.',
      en: 'Compare user and "secret" with manager.conf, and "permit" and "deny" there with the address of this computer.',
    },
  },
  accountRefused: {
    why: {
      de: 'Asterisk hat die Anmeldung aus einem anderen Grund als dem Passwort abgelehnt ({stage}).',
      en: 'Asterisk has refused the sign-in for another reason than the secret ({stage}).',
    },
    todo: {
      de: 'Suchen Sie den Grund im Protokoll von Asterisk und prüfen Sie den Benutzer in manager.conf.',
      en: "Look for the reason in Asterisk's log, and check the user in manager.conf.",
    },
  },
  wrongServer: {
    what: {
      de: 'Das ist nicht die Manager-Schnittstelle von Asterisk.',
      en: "This is not Asterisk's manager interface.",
    },
    why: {
      de: 'Was an diesem Port antwortet, spricht ein anderes Protokoll ({stage}).',
      en: 'What answers on this port speaks another protocol ({stage}).',
    },
    todo: {
      de: 'Prüfen Sie Server und Port; die Anmeldung an einer Weboberfläche ist eine andere als die in manager.conf.',
      en: 'Check server and port; the sign-in of a web interface is another one than that in manager.conf.',
    },
  },
  silent: {
    why: {
      de: 'Die Verbindung steht, aber es kommt nichts an ({stage}); ein Port, der Verschlüsselung erwartet, schweigt ohne sie ebenso.',
      en: 'The connection stands, but nothing arrives ({stage}); a port that expects encryption is silent without it, too.',
    },
  },
  replaced: {
    what: {
      de: 'Dieser Benutzer ist bei Asterisk schon angemeldet.',
      en: 'This user is signed in to Asterisk already.',
    },
    why: {
      de: 'In manager.conf steht „allowmultiplelogin = no“, und ein anderes Programm ist mit ihm angemeldet.',
      en: 'The file manager.conf says "allowmultiplelogin = no", and another program is signed in as this user.',
    },
    todo: {
      de: 'Geben Sie in manager.conf jedem Programm seinen eigenen Benutzer.',
      en: 'Give each program its own user in manager.conf.',
    },
  },
};
