import type { Cell } from './workbook/cell.js';

/** Words for yes and no: RVTools writes English, spreadsheet programs the language of the person. */
const yes = new Set(['true', 'yes', '1', 'enabled', 'wahr', 'ja', 'vrai', 'oui', 'verdadero', 'si', 'sí', 'vero', 'waar', 'sant', 'sim', 'verdadeiro', 'prawda', 'pravda']); // prettier-ignore
const no = new Set(['false', 'no', '0', 'disabled', 'falsch', 'nein', 'faux', 'non', 'falso', 'onwaar', 'nee', 'falskt', 'nej', 'não', 'fałsz', 'nepravda']); // prettier-ignore

/** A cell as yes or no; `undefined` where it is neither. */
export function saysYes(cell: Cell | undefined): boolean | undefined {
  if (cell === undefined || typeof cell === 'boolean') return cell;
  const word = String(cell).trim().toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}
