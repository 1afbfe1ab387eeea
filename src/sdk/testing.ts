// For test files alone: the kit lies above the app, so nothing that runs in production may import it.
export { everyMove, type MoveActor, type MoveCase, type MovesPlay } from '../testing/every-move.ts';
export { everythingOf } from '../testing/everything.ts';
export { type TestPlugin, type TestPluginOptions, testPlugin } from '../testing/test-plugin.ts';
export type { Answer, TestSeat } from '../testing/test-seat.ts';
