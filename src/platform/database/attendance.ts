/** Whether somebody still waits for an answer. What is done for them ends when nobody does: the client has gone, or its time is up. */
export class Attendance {
  #isOver = false;
  #ends: Set<() => void> | undefined;
  get isOver(): boolean {
    return this.#isOver;
  }
  /** Nobody waits any more. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const ends = this.#ends;
    this.#ends = undefined;
    for (const end of ends ?? []) end();
  }
  /** @param end called once, when nobody waits any more. @returns takes it back. */
  atEnd(end: () => void): () => void {
    this.#ends ??= new Set();
    this.#ends.add(end);
    return () => void this.#ends?.delete(end);
  }
}
