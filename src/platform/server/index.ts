export { refusal } from './answer.errors.ts';
export { readBody } from './body.read.ts';
export { readNetwork, trustedProxies } from './caller.address.ts';
export type { HttpExchange, HttpRoute } from './http.route.ts';
export { checkOrigin } from './origin.check.ts';
export { writePage } from './request.listener.ts';
export { defaultLimits, type Limits } from './server.limits.ts';
export type { Caller, LiveQuery, RequestFacts, RunningServer, ServerOptions } from './server.options.ts';
export { startServer } from './server.start.ts';
