export { demoEstate, type EstateOptions } from './demo-estate.js';
export { demoCollector, demoConfiguration, type DemoConfiguration } from './demo-collector.js';
