import { resuming } from './resuming.story.ts';

resuming(1_000);
