import { resuming } from './resuming.story.ts';

resuming(10_000);
