import type { Piping } from './piped.ts';

/** What a request holds has been read under the limits by the listener; what could not be read is refused here. */
export const useReading = (): Piping => ({
  onRequestParse({ serverContext: { posted }, setRequestParser }) {
    const { params, fault } = posted!.read;
    if (fault) throw fault;
    setRequestParser(() => params as never);
  },
});
