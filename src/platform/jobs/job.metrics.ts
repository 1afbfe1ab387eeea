import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Told how runs of jobs end, and how many are under way. */
export interface JobFigures {
  /** @param outcome the job's state, or what became of the run: `PUT_BACK`, `TRIED_AGAIN`, `LOST` */
  ended(kind: string, outcome: string, seconds: number): void;
}

/** Kinds are those of the manifests: their number is bounded. @param running how many are under way here */
export function createJobMetrics(registry: Registry, running: () => number): JobFigures {
  const registers = [registry];
  const runs = new Counter({
    name: 'guichet_jobs_total',
    help: 'Runs of jobs by kind and outcome: the state that the job ended in, or that it was put back, tried again or lost to another server.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'guichet_job_seconds',
    help: 'Time of a run of a job.',
    labelNames: ['kind'],
    buckets: [0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000],
    registers,
  });
  new Gauge({
    name: 'guichet_jobs_running',
    help: 'Jobs that this server is at.',
    registers,
    collect() {
      this.set(running());
    },
  });
  return {
    ended: (kind, outcome, seconds) => {
      runs.labels(kind, outcome).inc();
      durations.labels(kind).observe(seconds);
    },
  };
}
