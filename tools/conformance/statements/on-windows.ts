/** What only Windows itself can show: R1 to R12 of the reference, with what shows each. */

export type OnWindows = {
  readonly what: string;
  /** Checks of `npm run verify:windows` that show it. */
  readonly checks?: readonly string[];
  /** What a person does, and what has to be seen: in pieces that follow one another. */
  readonly person?: { readonly does: readonly string[]; readonly sees: readonly string[] };
};

/** Each has its checks or its person, or both. */
export const ON_WINDOWS: Readonly<Record<string, OnWindows>> = {
  R1: { what: 'The telephony service starts with the DLL registered.', checks: ['devices'] },
  R2: { what: 'A 32-bit program sees the line and controls it.', checks: ['program-32'] },
  R3: { what: 'A DLL that lies in SysWOW64 only is not loaded.', checks: ['wrong-folder'] },
  R4: { what: 'A program that only monitors, and calls nobody owns.', checks: ['monitor'] },
  R5: { what: 'The service is stopped during a call, and started again.', checks: ['service-stop'] },
  R6: {
    what: 'TSPI_lineCloseCall after a TSPI_lineMakeCall that failed.',
    checks: ['mobydick-failed-call', 'asterisk-failed-call'],
  },
  R7: {
    what: 'The buttons and dialogs of "Phone and Modem", from 64-bit and 32-bit programs.',
    person: {
      does: [
        'Install Tapline.',
        'Run `telephon.cpl`, Advanced, choose Tapline, Configure.',
        'Then in both `lineprobe.exe`, x64 and x86, say `lines`, `linedialog` with a device of Tapline,',
        'and `providerdialog` with the number of `tsp-setup status`.',
        'Do it in German and in English, at 100 % and 200 % scaling, by keyboard alone.',
      ],
      sees: [
        'Add, Remove and Configure can be pressed.',
        'Each time the same dialog: release, both architectures, the lines, the link.',
        'Tab reaches everything, Esc closes it, the command ends with 0x0; nothing is cut off.',
      ],
    },
  },
  R8: {
    what: 'Switching users, a remote desktop session, two users at once.',
    person: {
      does: [
        'Sign in as A with Tapline running, leave `lineprobe` open with `open` on the line of A.',
        'Switch to B, start Tapline there with another account, and say `lines` to a second `lineprobe`.',
        'Then sign A out.',
        'Do it once at the screen and once with B on a remote desktop.',
      ],
      sees: [
        'While A is signed in there are the lines of A alone, and calls of A reach the program of A.',
        'Tapline of B shows no link to Windows telephony.',
        'When A is gone the lines of A are out of service,',
        'and those of B appear in the running programs within seconds (LINE_CREATE).',
      ],
    },
  },
  R9: {
    what: 'A feature update of Windows.',
    person: {
      does: [
        'Keep the answers of `tsp-setup status --json` and of `lines` in `lineprobe`.',
        'Let Windows take its next feature update.',
        'Ask again.',
        'Where the registration is gone, run `tsp-setup repair` as an administrator.',
      ],
      sees: [
        '`status` ends with 0 and `lines` has the same names and `permanentLineID`s as before.',
        'Or `status` ends with 1, 4 or 7, and after the repair everything is as before.',
      ],
    },
  },
  R10: {
    what: 'Outlook, dialer.exe, TAPI Browser, Phoner, a CRM program.',
    person: {
      does: [
        'In each: choose the line by its name, call a number with blanks and brackets,',
        'let a call ring and give up, take one and end it in the program, end one at the phone.',
      ],
      sees: [
        'The line is in the list with name and extension.',
        'The number that rings is the one that was meant.',
        'The program shows who calls, and that each call is over as soon as it is; the missed one is missed.',
        'Tapline’s diagnostics show every call from the program to the PBX, without a broken step.',
      ],
    },
  },
  R11: {
    what: 'Smart App Control, WDAC and mitigations of the service.',
    person: {
      does: [
        'With Smart App Control on, and again with a WDAC policy that enforces:',
        'install, and say `lines` to `lineprobe`.',
        'Look into the event log Microsoft-Windows-CodeIntegrity/Operational,',
        'and at `Get-ProcessMitigation -Name svchost.exe`.',
      ],
      sees: [
        'The lines are there, and no event 3033, 3076 or 3077 names `tapline.tsp`.',
        'Where one does, the DLL was not loaded: write down which policy asked for which signature.',
      ],
    },
  },
  R12: {
    what: 'Windows on ARM64.',
    person: {
      does: [
        'Put `tapline.tsp` into System32 as an administrator and run `tsp-setup install`, then `tsp-setup status`.',
      ],
      sees: [
        '`install` ends with 5 and says that the file is for other processors; `status` ends with 1.',
        '"Phone and Modem" lists no Tapline, and other providers go on working.',
      ],
    },
  },
};
