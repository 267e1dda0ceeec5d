import { header } from '../ami/packet.ts';
import { MAX_VALUE, type Sender, type TapiCommand } from './grammar.ts';

/** What a SET says, with the two mistakes of old dial plans mended from what the caller's channel says of itself. */
export function saidOf(
  { end, part, value }: TapiCommand & { kind: 'set' },
  { uniqueid, packet }: Sender,
  call: string | undefined,
): { readonly value: string; readonly mistake?: 'callerEmpty' | 'nameCut' } {
  // Of another channel the headers name somebody else.
  if (end !== 'caller' || uniqueid === undefined || uniqueid !== call) return { value };
  const own = header(packet, part === 'number' ? 'CallerIDNum' : 'CallerIDName')?.slice(0, MAX_VALUE) ?? '';
  const known = own !== '' && !/^<?unknown>?$/i.test(own);
  // ${CALLERID} and ${CALLERIDNAME} exist no more.
  if (value === '' && known) return { value: own, mistake: 'callerEmpty' };
  // A comma ends the header that UserEvent makes.
  if (part === 'name' && value !== '' && own.startsWith(`${value},`))
    return { value: own, mistake: 'nameCut' };
  return { value };
}
