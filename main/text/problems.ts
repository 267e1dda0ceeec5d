import type { Text } from '../../app/language.ts';
import type { LineError } from '../../app/tsp/tapi.ts';
import type { Language, ProblemView } from '../../contract/renderer-api.ts';

type ProblemTexts = Readonly<Record<keyof ProblemView, Text>>;

/** A problem in the language of the moment. `{detail}` stands for what the system said. */
function inLanguage({ what, why, todo }: ProblemTexts, language: Language, detail = ''): ProblemView {
  const fill = (text: Text) => text[language].replace('{detail}', () => detail);
  return { what: fill(what), why: fill(why), todo: fill(todo) };
}

/** Why a call was not dialled, answered, hung up or picked up. */
export function refusalView(error: LineError, language: Language): ProblemView {
  return inLanguage(REFUSALS[error], language);
}

/** What keeps the main process itself from doing something. */
export function ownProblem(name: keyof typeof OWN, language: Language, detail?: string): ProblemView {
  return inLanguage(OWN[name], language, detail);
}

const REFUSALS: Readonly<Record<LineError, ProblemTexts>> = {
  callUnavailable: {
    what: { de: 'Es ist kein weiterer Anruf möglich.', en: 'No further call is possible.' },
    why: {
      de: 'Auf dieser Leitung laufen schon so viele Anrufe, wie sie zulässt.',
      en: 'This line has as many calls as it allows.',
    },
    todo: { de: 'Beenden Sie einen Anruf und versuchen Sie es erneut.', en: 'End a call and try again.' },
  },
  invalidAddress: {
    what: { de: 'Diese Nummer lässt sich nicht wählen.', en: 'This number cannot be dialled.' },
    why: {
      de: 'Sie enthält weder Ziffern noch einen Namen oder ist zu lang.',
      en: 'It holds neither digits nor a name, or is too long.',
    },
    todo: { de: 'Prüfen Sie die Nummer.', en: 'Check the number.' },
  },
  invalidCallHandle: {
    what: { de: 'Den Anruf gibt es nicht mehr.', en: 'The call is no longer there.' },
    why: { de: 'Er ist inzwischen beendet.', en: 'It has ended in the meantime.' },
    todo: { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
  },
  invalidCallState: {
    what: { de: 'Das geht mit diesem Anruf jetzt nicht.', en: 'This cannot be done with the call now.' },
    why: {
      de: 'Sein Zustand hat sich inzwischen geändert, oder das Telefon kann es nicht.',
      en: 'Its state has changed in the meantime, or the phone cannot do it.',
    },
    todo: { de: 'Sehen Sie nach, wie der Anruf jetzt steht.', en: 'Look how the call stands now.' },
  },
  invalidLineHandle: {
    what: { de: 'Diese Leitung gibt es nicht mehr.', en: 'This line is no longer there.' },
    why: {
      de: 'Das Konto wurde abgemeldet, oder der Benutzer wurde entfernt.',
      en: 'The account was signed out, or the user was removed.',
    },
    todo: { de: 'Melden Sie sich neu an.', en: 'Sign in again.' },
  },
  operationUnavailable: {
    what: { de: 'Das Telefon kann das nicht.', en: 'The phone cannot do this.' },
    why: {
      de: 'Die Telefonanlage bietet es für dieses Telefon nicht an.',
      en: 'The phone system does not offer it for this phone.',
    },
    todo: { de: 'Benutzen Sie das Telefon selbst.', en: 'Use the phone itself.' },
  },
  operationFailed: {
    what: { de: 'Die Telefonanlage hat das nicht getan.', en: 'The phone system did not do it.' },
    why: {
      de: 'Sie hat abgelehnt oder nicht rechtzeitig geantwortet.',
      en: 'It refused, or did not answer in time.',
    },
    todo: {
      de: 'Versuchen Sie es erneut; die Diagnose zeigt, was die Anlage gesagt hat.',
      en: 'Try again; Diagnostics shows what the phone system said.',
    },
  },
  resourceUnavailable: {
    what: { de: 'Die Telefonanlage ist nicht verbunden.', en: 'The phone system is not connected.' },
    why: {
      de: 'Die Anmeldung steht noch nicht oder ist abgerissen.',
      en: 'The sign-in is not there yet, or was lost.',
    },
    todo: {
      de: 'Warten Sie, bis die Verbindung wieder steht, und versuchen Sie es erneut.',
      en: 'Wait until the connection is back, and try again.',
    },
  },
};

const OWN = {
  badCredentials: {
    what: { de: 'Mit diesen Angaben ist keine Anmeldung möglich.', en: 'These entries allow no sign-in.' },
    why: { de: '{detail}', en: '{detail}' },
    todo: {
      de: 'Berichtigen Sie die Angaben und versuchen Sie es erneut.',
      en: 'Correct the entries and try again.',
    },
  },
  passwordNotKept: {
    what: { de: 'Das Passwort ließ sich nicht speichern.', en: 'The password could not be kept.' },
    why: {
      de: 'Der Passwortspeicher des Systems hat abgelehnt: {detail}',
      en: "The system's password store refused: {detail}",
    },
    todo: {
      de: 'Entsperren Sie den Passwortspeicher und melden Sie sich erneut an.',
      en: 'Unlock the password store and sign in again.',
    },
  },
  settingsNotKept: {
    what: { de: 'Die Einstellungen ließen sich nicht speichern.', en: 'The settings could not be kept.' },
    why: { de: 'Das System sagt: {detail}', en: 'The system says: {detail}' },
    todo: {
      de: 'Schaffen Sie Platz oder Zugriff auf Ihr Profil und versuchen Sie es erneut.',
      en: 'Make room or give access to your profile, and try again.',
    },
  },
  tooManyAccounts: {
    what: { de: 'Es wurde kein weiteres Konto angemeldet.', en: 'No further account was signed in.' },
    why: {
      de: 'Mehr als {detail} Konten hält Tapline nicht.',
      en: 'Tapline holds no more than {detail} accounts.',
    },
    todo: {
      de: 'Melden Sie ein Konto ab, das Sie nicht mehr brauchen.',
      en: 'Sign out of an account that you no longer need.',
    },
  },
  certificateGone: {
    what: { de: 'Das Zertifikat wurde nicht angenommen.', en: 'The certificate was not accepted.' },
    why: {
      de: 'Der Server zeigt inzwischen ein anderes, oder er wird nicht mehr abgelehnt.',
      en: 'The server shows another one meanwhile, or is no longer refused.',
    },
    todo: {
      de: 'Sehen Sie nach, wie das Konto jetzt steht, und vergleichen Sie den Fingerabdruck neu.',
      en: 'Look how the account stands now, and compare the fingerprint again.',
    },
  },
  testCancelled: {
    what: { de: 'Der Test wurde abgebrochen.', en: 'The test was cancelled.' },
    why: {
      de: 'Die Angaben wurden geändert, oder das Fenster wurde geschlossen.',
      en: 'The entries were changed, or the window was closed.',
    },
    todo: { de: 'Testen Sie erneut, wenn Sie wollen.', en: 'Test again if you like.' },
  },
  signedInAlready: {
    what: { de: 'Die Demo wurde nicht gestartet.', en: 'The demo was not started.' },
    why: { de: 'Es ist schon ein Konto angemeldet.', en: 'An account is signed in already.' },
    todo: { de: 'Melden Sie sich zuerst ab.', en: 'Sign out first.' },
  },
  noAccount: {
    what: { de: 'Dieses Konto gibt es nicht mehr.', en: 'This account is no longer there.' },
    why: { de: 'Es wurde inzwischen abgemeldet.', en: 'It was signed out meanwhile.' },
    todo: { de: 'Melden Sie sich neu an.', en: 'Sign in again.' },
  },
  demoFailed: {
    what: { de: 'Die Demo ließ sich nicht starten.', en: 'The demo could not be started.' },
    why: { de: 'Das System sagt: {detail}', en: 'The system says: {detail}' },
    todo: { de: 'Versuchen Sie es erneut.', en: 'Try again.' },
  },
  endpointFailed: {
    what: { de: 'TAPI-Programme sehen keine Anrufe.', en: 'TAPI programs see no calls.' },
    why: {
      de: 'Der Zugang für den Telefoniedienst ließ sich nicht öffnen: {detail}',
      en: 'The way for the telephony service could not be opened: {detail}',
    },
    todo: {
      de: 'Beenden Sie andere Tapline-Programme dieser Sitzung und starten Sie Tapline neu.',
      en: 'Close other Tapline programs of this session and start Tapline again.',
    },
  },
  endpointAbsent: {
    what: { de: 'TAPI-Programme werden hier nicht bedient.', en: 'TAPI programs are not served here.' },
    why: {
      de: 'TAPI gibt es nur unter Windows, und kein Testzugang ist eingestellt.',
      en: 'TAPI exists on Windows only, and no way for tests is set.',
    },
    todo: { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
  },
  traceNotSaved: {
    what: { de: 'Das Protokoll wurde nicht gespeichert.', en: 'The trace was not saved.' },
    why: { de: 'Das System sagt: {detail}', en: 'The system says: {detail}' },
    todo: { de: 'Wählen Sie einen anderen Ort.', en: 'Choose another place.' },
  },
  nothingRings: {
    what: { de: 'Das Anruffenster wurde nicht geöffnet.', en: 'The call window was not opened.' },
    why: { de: 'Es klingelt kein Anruf.', en: 'No call is ringing.' },
    todo: { de: 'Es ist nichts zu tun.', en: 'There is nothing to do.' },
  },
} as const satisfies Readonly<Record<string, ProblemTexts>>;
