const TAG = /<[^<>]*>/g;

/**
 * Puts each element of a piece of XML on a line of its own, for reading. Text that is no XML, or is cut off in the
 * middle, stays as it is.
 */
export function indentXml(text: string): string {
  const xml = text.trim();
  if (!xml.startsWith('<') || !xml.endsWith('>')) return text;
  const lines: string[] = [];
  let depth = 0;
  let rest = 0;
  // An element without children stays on one line with its text.
  let open: { readonly at: number } | undefined;
  for (const tag of xml.matchAll(TAG)) {
    const between = xml.slice(rest, tag.index).trim();
    rest = tag.index + tag[0].length;
    const closes = tag[0].startsWith('</');
    const single = tag[0].endsWith('/>') || tag[0].startsWith('<?') || tag[0].startsWith('<!');
    if (closes) depth = Math.max(0, depth - 1);
    if (closes && open && open.at === lines.length - 1) {
      lines[open.at] += between + tag[0];
    } else {
      if (between !== '') lines.push('  '.repeat(depth + (closes ? 1 : 0)) + between);
      lines.push('  '.repeat(depth) + tag[0]);
    }
    open = closes || single ? undefined : { at: lines.length - 1 };
    if (!closes && !single) depth += 1;
  }
  const left = xml.slice(rest).trim();
  if (left !== '') lines.push(left);
  return lines.join('\n');
}
