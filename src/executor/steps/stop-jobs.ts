import { resources } from '../../kubernetes/index.js';
import { isLeaving } from '../object-place.js';
import { done, wait, type Step } from '../step.js';

/** Rollback: hooks and conversions stop before anything they work on goes away. */
export const stopJobs: Step = {
  name: 'stop-jobs',
  async ensure({ cluster, configuration }) {
    const jobs = await cluster.owned(resources.job);
    for (const job of jobs) {
      if (!isLeaving(job)) await cluster.remove(resources.job, job);
    }
    return jobs.length === 0
      ? done('no job runs')
      : wait(configuration.poll.jobMs, `${String(jobs.length)} jobs are being stopped`);
  },
};
