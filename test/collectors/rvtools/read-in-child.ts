import { readExport } from './read-export.js';

const [folder = '', upload = ''] = process.argv.slice(2);
const remove = (): Promise<void> => Promise.resolve();

const said = await readExport({ folder, upload, path: '', remove }).then(
  ({ records }) => `${records.length} records`,
  (error: unknown) => String(error),
);
// In KiB on every system that Node runs on.
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ said, peakMiB }));
