import { estate } from '../engine/estate.js';
import { ScriptedSource } from '../engine/scripted-source.js';
import { collectorConformance } from './collector-conformance.js';

collectorConformance('the scripted source of the engine tests', () => {
  const collector = new ScriptedSource();
  collector.put(...estate(20));
  const openSessions = (): Promise<number> => Promise.resolve(collector.openSessions);
  return Promise.resolve({ collector, configuration: {}, openSessions });
});
