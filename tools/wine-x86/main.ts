/** Brings the Wine that runs programs of 32 bits: node tools/wine-x86/main.ts */
import { bringWineX86, WINE_X86_ROOT } from './root.ts';

const brought = await bringWineX86();
if (brought.ok)
  console.log(`Wine for 32-bit programs: ${brought.fresh ? 'fetched to' : 'is in'} ${WINE_X86_ROOT}`);
else console.error(`Wine for 32-bit programs cannot be had here (${brought.code}): ${brought.why}`);
process.exitCode = brought.ok ? 0 : 1;
