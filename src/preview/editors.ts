/** Editors that open a file at a line by an address, and how they write it. */
const addresses: Readonly<Record<string, (path: string, line: number, column: number) => string>> =
  {
    vscode: (path, line, column) => `vscode://file${path}:${line}:${column}`,
    vscodium: (path, line, column) => `vscodium://file${path}:${line}:${column}`,
    cursor: (path, line, column) => `cursor://file${path}:${line}:${column}`,
    zed: (path, line, column) => `zed://file${path}:${line}:${column}`,
    idea: (path, line, column) => `idea://open?file=${path}&line=${line}&column=${column}`,
    sublime: (path, line, column) => `subl://open?url=file://${path}&line=${line}&column=${column}`,
  };

export const editorNames = [...Object.keys(addresses), 'none'];

/** Makes the address that opens a file in this editor; null for `none` and for editors we do not know. */
export function editorLinks(
  name: string,
): ((absolute: string, line: number, column: number) => string) | null {
  const address = addresses[name];
  if (address === undefined) return null;
  return (absolute, line, column) => {
    const slashed = absolute.replaceAll('\\', '/');
    const path = slashed.startsWith('/') ? slashed : `/${slashed}`;
    return address(path.split('/').map(encodeURIComponent).join('/'), line, column);
  };
}
