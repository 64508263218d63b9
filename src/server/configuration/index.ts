export { loadConfiguration, type ConfigurationInput } from './load.js';
export { ConfigurationError, type ConfigurationProblem } from './configuration-error.js';
export { renderHelp, renderConfigurationPage } from './describe.js';
export type { Configuration, DemoChoice, OptionName } from './options.js';
