import type { Language, Text } from '../language.ts';
import type { SessionProblem } from './port.ts';
import { ASTERISK_PROBLEMS } from './problems-asterisk.ts';

/** A problem for people: what happened, why, and what they can do. One sentence each. */
export type ProblemText = { readonly what: string; readonly why: string; readonly todo: string };

/**
 * Puts a session's problem into words. What the system said (`detail`) stays for the trace, and a certificate is shown
 * beside them by whoever asks about it.
 */
export function describeProblem(problem: SessionProblem, language: Language): ProblemText {
  const own = problem.pbx === 'asterisk' ? ASTERISK_PROBLEMS[problem.code] : undefined;
  const { what, why, todo } = { ...TEXTS[problem.code], ...own };
  const { stage, certificate } = problem;
  const vouched = VOUCHED[certificate?.complaint === '' ? 'yes' : 'no'];
  const fill = (text: Text) =>
    text[language].replace('{stage}', STAGES[stage][language]).replace('{vouched}', vouched[language]);
  return { what: fill(what), why: fill(why), todo: fill(todo) };
}

const STAGES: Readonly<Record<SessionProblem['stage'], Text>> = {
  resolve: { de: 'beim Suchen des Servernamens', en: 'while looking up the server name' },
  connect: { de: 'beim Verbinden', en: 'while connecting' },
  tls: { de: 'beim Aufbau der Verschlüsselung', en: 'while setting up the encryption' },
  signIn: { de: 'bei der Anmeldung', en: 'while signing in' },
  bind: { de: 'beim Öffnen der Sitzung', en: 'while opening the session' },
  userInfo: { de: 'beim Lesen der Benutzerdaten', en: 'while reading the user information' },
  online: { de: 'während der Sitzung', en: 'during the session' },
};

/** Whether an authority vouches for a certificate that is another than before. */
const VOUCHED: Readonly<Record<'yes' | 'no', Text>> = {
  yes: {
    de: 'eine Zertifizierungsstelle bestätigt das neue',
    en: 'a certificate authority confirms the new one',
  },
  no: {
    de: 'keine Zertifizierungsstelle bestätigt das neue',
    en: 'no certificate authority confirms the new one',
  },
};

const AGAIN: Text = {
  de: 'Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage.',
  en: 'Tapline tries again by itself; if it stays like this, ask who runs the phone system.',
};

export type ProblemTexts = Readonly<Record<keyof ProblemText, Text>>;

/** Every problem that a session may have. */
export const problemCodes = (): readonly SessionProblem['code'][] =>
  Object.keys(TEXTS) as SessionProblem['code'][];

const TEXTS: Readonly<Record<SessionProblem['code'], ProblemTexts>> = {
  hostUnknown: {
    what: { de: 'Der Server wurde nicht gefunden.', en: 'The server was not found.' },
    why: {
      de: 'Sein Name ist im Netz nicht bekannt.',
      en: 'Its name is not known in the network.',
    },
    todo: {
      de: 'Prüfen Sie den Namen des Servers und die Netzwerkverbindung.',
      en: 'Check the name of the server and the network connection.',
    },
  },
  unreachable: {
    what: { de: 'Der Server ist nicht erreichbar.', en: 'The server cannot be reached.' },
    why: {
      de: 'Die Verbindung kam nicht zustande, oder niemand nahm sie an ({stage}).',
      en: 'The connection did not come about, or nobody took it ({stage}).',
    },
    todo: {
      de: 'Prüfen Sie Server und Port, die Netzwerkverbindung und die Firewall.',
      en: 'Check server and port, the network connection and the firewall.',
    },
  },
  noEncryption: {
    what: {
      de: 'Die Verbindung zum Server lässt sich nicht verschlüsseln.',
      en: 'The connection to the server cannot be encrypted.',
    },
    why: {
      de: 'Der Server bietet keine Verschlüsselung an, oder keine, die Tapline annimmt; Ihr Passwort wurde nicht gesendet.',
      en: 'The server offers no encryption, or none that Tapline accepts; your password was not sent.',
    },
    todo: {
      de: 'Fragen Sie die Verwaltung der Telefonanlage nach der Verschlüsselung (STARTTLS oder TLS) am XMPP-Port.',
      en: 'Ask who runs the phone system about the encryption (STARTTLS or TLS) on the XMPP port.',
    },
  },
  certificateUntrusted: {
    what: {
      de: 'Das Zertifikat des Servers ist nicht bekannt.',
      en: "The server's certificate is not known.",
    },
    why: {
      de: 'Keine Zertifizierungsstelle bestätigt es für diesen Server; viele Telefonanlagen stellen ihres selbst aus, und Ihr Passwort wurde nicht gesendet.',
      en: 'No certificate authority confirms it for this server; many phone systems make theirs themselves, and your password was not sent.',
    },
    todo: {
      de: 'Vergleichen Sie den Fingerabdruck mit dem der Telefonanlage und vertrauen Sie dem Zertifikat nur, wenn er stimmt.',
      en: 'Compare the fingerprint with that of the phone system, and trust the certificate only if it is the same.',
    },
  },
  certificateChanged: {
    what: {
      de: 'Der Server zeigt ein anderes Zertifikat als bisher.',
      en: 'The server shows another certificate than before.',
    },
    why: {
      de: 'Es wurde erneuert, oder jemand gibt sich als der Server aus; {vouched}, und Ihr Passwort wurde nicht gesendet.',
      en: 'It was renewed, or somebody poses as the server; {vouched}, and your password was not sent.',
    },
    todo: {
      de: 'Fragen Sie die Verwaltung der Telefonanlage, ob das Zertifikat erneuert wurde, bevor Sie ihm vertrauen.',
      en: 'Ask who runs the phone system whether the certificate was renewed before you trust it.',
    },
  },
  wrongPassword: {
    what: {
      de: 'Benutzername oder Passwort stimmen nicht.',
      en: 'The user name or the password is wrong.',
    },
    why: {
      de: 'Die Anmeldung wurde abgelehnt; sie wird höchstens wenige Male wiederholt, damit der Server das Konto nicht sperrt.',
      en: 'The sign-in was refused; it is repeated a few times at most, so that the server does not lock the account.',
    },
    todo: {
      de: 'Geben Sie Benutzername und Passwort neu ein.',
      en: 'Enter the user name and the password again.',
    },
  },
  passwordMissing: {
    what: { de: 'Das Passwort fehlt.', en: 'The password is missing.' },
    why: {
      de: 'Für dieses Konto ist keines gespeichert, oder der Passwortspeicher gibt es nicht heraus; der Server wurde nicht gefragt.',
      en: 'None is kept for this account, or the password store does not give it; the server was not asked.',
    },
    todo: { de: 'Melden Sie sich neu an.', en: 'Sign in again.' },
  },
  accountRefused: {
    what: { de: 'Der Server lässt dieses Konto nicht zu.', en: 'The server does not admit this account.' },
    why: {
      de: 'Es ist gesperrt oder darf sich auf diesem Weg nicht anmelden ({stage}).',
      en: 'It is disabled, or may not sign in this way ({stage}).',
    },
    todo: {
      de: 'Fragen Sie die Verwaltung der Telefonanlage, ob das Konto freigegeben ist.',
      en: 'Ask who runs the phone system whether the account is enabled.',
    },
  },
  wrongServer: {
    what: {
      de: 'Das ist nicht der Server der Telefonanlage.',
      en: 'This is not the server of the phone system.',
    },
    why: {
      de: 'Er spricht ein anderes Protokoll, verweist auf einen anderen Server oder konnte sich nicht ausweisen ({stage}).',
      en: 'It speaks another protocol, points to another server or could not prove what it is ({stage}).',
    },
    todo: {
      de: 'Prüfen Sie Server und Port.',
      en: 'Check server and port.',
    },
  },
  domainUnknown: {
    what: {
      de: 'Die XMPP-Domäne der Telefonanlage ist nicht bekannt.',
      en: "The phone system's XMPP domain is not known.",
    },
    why: {
      de: 'Der Server bedient keine, die sich aus Ihren Angaben ergibt, und nennt keine andere.',
      en: 'The server serves none that follows from what was entered, and tells no other.',
    },
    todo: {
      de: 'Fragen Sie die Verwaltung der Telefonanlage nach der XMPP-Domäne und geben Sie sie bei der Anmeldung ein.',
      en: 'Ask who runs the phone system for its XMPP domain and enter it when you sign in.',
    },
  },
  noUserInfo: {
    what: {
      de: 'Der Server kennt die Telefonfunktionen nicht.',
      en: 'The server does not know the phone functions.',
    },
    why: {
      de: 'Die Anmeldung gelang, aber die Benutzerdaten der Telefonanlage kamen nicht.',
      en: "The sign-in succeeded, but the phone system's user information did not come.",
    },
    todo: AGAIN,
  },
  silent: {
    what: { de: 'Der Server antwortet nicht.', en: 'The server does not answer.' },
    why: {
      de: 'Die Verbindung steht, aber es kommt nichts mehr an ({stage}).',
      en: 'The connection stands, but nothing arrives any more ({stage}).',
    },
    todo: AGAIN,
  },
  lost: {
    what: { de: 'Die Verbindung zum Server ist abgerissen.', en: 'The connection to the server was lost.' },
    why: {
      de: 'Das Netz oder der Server hat sie beendet ({stage}).',
      en: 'The network or the server ended it ({stage}).',
    },
    todo: AGAIN,
  },
  replaced: {
    what: {
      de: 'Ein anderes Programm hat die Sitzung übernommen.',
      en: 'Another program has taken over the session.',
    },
    why: {
      de: 'Es hat sich mit demselben Benutzer und derselben Kennung angemeldet.',
      en: 'It signed in as the same user with the same resource.',
    },
    todo: {
      de: 'Beenden Sie Tapline auf dem anderen Rechner oder in der anderen Windows-Sitzung.',
      en: 'Close Tapline on the other computer or in the other Windows session.',
    },
  },
  tooMuch: {
    what: {
      de: 'Der Server sendet mehr, als Tapline annimmt.',
      en: 'The server sends more than Tapline accepts.',
    },
    why: {
      de: 'Eine Nachricht von ihm fand kein Ende ({stage}); die Verbindung wurde getrennt, damit der Speicher nicht vollläuft.',
      en: 'One of its messages did not end ({stage}); the connection was cut, so that the memory does not run full.',
    },
    todo: AGAIN,
  },
};
