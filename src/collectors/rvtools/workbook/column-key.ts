/** Columns that older versions named otherwise, as keys. */
const formerKeys: Readonly<Record<string, string>> = {
  vcenteruuid: 'visdkuuid',
  vcenterserver: 'visdkserver',
  diskenableuuid: 'enableuuid',
  os: 'osaccordingtotheconfigurationfile',
  ostools: 'osaccordingtothevmwaretools',
  biosuuid: 'smbiosuuid',
  vmname: 'vm',
  efisecurebootenabled: 'efisecureboot',
};

/**
 * What a column is called in all versions: letters and digits in lower case, with `#` and `%`, and
 * MB for MiB, since older versions wrote MB for the same quantity.
 */
export function columnKey(header: string): string {
  const key = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#%]/gu, '')
    .replace(/mb(?=$|vmsn$|total$)/u, 'mib');
  return formerKeys[key] ?? key;
}
