import { Counter, Histogram, type Registry } from 'prom-client';
import type { Tracer } from '../trace/tracer.ts';

/** What the hub of events tells of its work. */
export interface EventObserver {
  /** Events got their numbers. @param moments when they happened. @param seconds that the stamper took, its turn included. */
  numbered(moments: readonly Date[], seconds: number): void;
  /** Events of one stream were handed to its subscribers in this process. */
  handedOut(events: number, subscribers: number, seconds: number): void;
  /** A subscriber took an event, to read and send it. */
  taken(moment: Date): void;
  /** A subscriber's queue ran over: it ends with RESYNC_REQUIRED. */
  overflown(): void;
  failed(): void;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

/** @param now the clock that events take their moment from, in milliseconds */
export function createEventMetrics(registry: Registry, now: () => number, tracer?: Tracer): EventObserver {
  const registers = [registry];
  const histogram = (name: string, help: string) => new Histogram({ name, help, buckets: SECONDS, registers });
  const counter = (name: string, help: string) => new Counter({ name, help, registers });
  const numbering = histogram('guichet_event_numbering_seconds', 'From the moment of an event to its number.');
  const sending = histogram('guichet_event_sending_seconds', 'From the moment of an event to when a subscriber took it to send it.');
  const stamping = histogram('guichet_stamper_seconds', 'How long the stamper took to number what it found, its turn included.');
  const failures = counter('guichet_event_failures_total', 'Failures to number, read or listen to events; each is tried again.');
  const overflows = counter('guichet_subscriber_overflows_total', 'Subscribers whose queue ran over: RESYNC_REQUIRED.');
  const since = (moment: Date): number => Math.max(0, now() - moment.getTime()) / 1000;
  return {
    numbered(moments, seconds) {
      for (const moment of moments) numbering.observe(since(moment));
      stamping.observe(seconds);
      tracer?.note('events number', { 'guichet.events': moments.length }, seconds);
    },
    handedOut(events, subscribers, seconds) {
      tracer?.note('events deliver', { 'guichet.events': events, 'guichet.subscribers': subscribers }, seconds);
    },
    taken: (moment) => sending.observe(since(moment)),
    overflown: () => overflows.inc(),
    failed: () => failures.inc(),
  };
}
