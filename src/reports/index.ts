export { exportReport, type ReportExport } from './export-report.js';
export * from './report.js';
export { exportWorkbook, type WorkbookRequest } from './rvtools/export-workbook.js';
export { ReportError } from './report-error.js';
export { reportState } from './report-state.js';
export { allColumns, reportColumns } from './search-rows.js';
export { standardReports } from './standard/standard-reports.js';
export type { StandardReport } from './standard/standard-report.js';
