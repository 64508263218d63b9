import { describe, expect, it } from 'vitest';
import { requestOfPod } from '../../../src/collectors/kubevirt/pod-requests.js';

const asks = (cpu: string, memory: string, more: Record<string, unknown> = {}) => ({
  resources: { requests: { cpu, memory } },
  ...more,
});

const pod = (spec: Record<string, unknown>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pod' },
  spec: { nodeName: 'n1', ...spec },
});

describe('what a pod asks of its node', () => {
  it('is the sum of its containers', () => {
    const spec = { containers: [asks('500m', '1Gi'), asks('0.25', '1Gi'), {}] };
    expect(requestOfPod(pod(spec))).toEqual({ cpuMillis: 750, memoryBytes: 2 ** 31 });
  });

  it('is the largest step of its start where that is more', () => {
    const spec = { initContainers: [asks('2', '1Mi')], containers: [asks('1', '4Mi')] };
    expect(requestOfPod(pod(spec))).toEqual({ cpuMillis: 2000, memoryBytes: 4 * 2 ** 20 });
  });

  it('counts sidecars while it starts and while it runs', () => {
    const sidecar = asks('100m', '1Mi', { restartPolicy: 'Always' });
    const spec = {
      initContainers: [sidecar, asks('300m', '1Mi')],
      containers: [asks('200m', '1Mi')],
    };
    expect(requestOfPod(pod(spec)).cpuMillis).toBe(400);
  });

  it('includes the overhead of its runtime class', () => {
    const spec = { containers: [asks('1', '1Mi')], overhead: { cpu: '250m' } };
    expect(requestOfPod(pod(spec)).cpuMillis).toBe(1250);
  });
});
