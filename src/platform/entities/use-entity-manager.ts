import { SqlEntityManager } from '@mikro-orm/postgresql';
import { workOf } from './work.ts';

/** The entity manager of one use case. */
export class UseEntityManager extends SqlEntityManager {
  organizationId = '';
  override fork(options?: object): this {
    const fork = super.fork(options) as this;
    fork.organizationId = this.organizationId;
    return fork;
  }
  override async flush(): Promise<void> {
    const work = workOf(this.getTransactionContext());
    const before = work.flushing;
    work.flushing = true;
    try {
      await super.flush();
    } finally {
      work.flushing = before;
    }
  }
}
