/** What Windows shows of an image, and reads before it runs it: version and manifest, as a resource to link. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { releaseVersion, replace, toolPrefixes, type WindowsArchitecture } from './compile.ts';

export interface Resource {
  /** File name of the image. */
  readonly file: string;
  readonly kind: 'library' | 'program';
  /** One line in Explorer. */
  readonly description: string;
}

/** Without a manifest Windows guesses from the name whether a program needs an administrator. */
const MANIFEST = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security>
      <requestedPrivileges>
        <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
      </requestedPrivileges>
    </security>
  </trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application>
      <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
    </application>
  </compatibility>
</assembly>
`;

/** What the dialogs of the provider want of Windows: Common Controls 6, for controls of the present look. */
const STYLE = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <dependency>
    <dependentAssembly>
      <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0"
        processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
    </dependentAssembly>
  </dependency>
</assembly>
`;

/**
 * Numbers of manifests. The loader reads 1 of a program by itself. Of a library it would read 2 wherever that is loaded;
 * 3 it leaves to the library's own code (native-shim/ui/windows-style.c), so nothing of it reaches the telephony service.
 */
const MANIFESTS = { program: [1, MANIFEST], library: [3, STYLE] } as const;

/** The resource script of an image. @param version three numbers, as package.json has them */
export function resourceScript(resource: Resource, version: string): string {
  const { file, kind, description } = resource;
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`the release ${version} is not three numbers`);
  const numbers = `${version.replaceAll('.', ',')},0`;
  const [id, manifest] = MANIFESTS[kind];
  const lines = manifest
    .trimEnd()
    .split('\n')
    .map((line) => `    "${line.replaceAll('"', '""')}\\r\\n"`);
  return [
    '1 VERSIONINFO',
    `FILEVERSION ${numbers}`,
    `PRODUCTVERSION ${numbers}`,
    'FILEOS 0x40004',
    `FILETYPE ${kind === 'library' ? '2' : '1'}`,
    'BEGIN',
    '    BLOCK "StringFileInfo"',
    '    BEGIN',
    '        BLOCK "000004b0"',
    '        BEGIN',
    '            VALUE "CompanyName", "Tapline"',
    `            VALUE "FileDescription", "${description}"`,
    `            VALUE "FileVersion", "${version}"`,
    `            VALUE "OriginalFilename", "${file}"`,
    '            VALUE "ProductName", "Tapline"',
    `            VALUE "ProductVersion", "${version}"`,
    '        END',
    '    END',
    '    BLOCK "VarFileInfo"',
    '    BEGIN',
    '        VALUE "Translation", 0, 1200',
    '    END',
    'END',
    `${id} 24`,
    'BEGIN',
    ...lines,
    'END',
    '',
  ].join('\n');
}

/** Compiles an image's resource into the image's folder, which exists. @returns the object file to link */
export async function compileResource(
  architecture: WindowsArchitecture,
  image: string,
  resource: Resource,
): Promise<string> {
  const script = `${image}.${randomUUID()}.rc`;
  const object = `${image}.res`;
  await writeFile(script, resourceScript(resource, await releaseVersion()));
  await replace(`${toolPrefixes[architecture]}-windres`, object, [script, '-O', 'coff']).finally(() =>
    rm(script),
  );
  return object;
}
