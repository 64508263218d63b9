import { createRvtoolsCollector } from '../../../src/collectors/rvtools/index.js';
import { collectorConformance } from '../conformance/collector-conformance.js';
import { workbookUpload } from './export-files.js';
import { smallExport } from './small-export.js';

collectorConformance('RVTools', async () => {
  const written = await workbookUpload(smallExport);
  return {
    collector: createRvtoolsCollector({ uploads: written.folder }),
    configuration: { upload: written.upload, fileName: 'export.xlsx' },
    close: () => written.remove(),
  };
});
