export const REQUEST = `mutation ($input: RequestContactShareInput!) { requestContactShare(input: $input) { __typename
  ... on UserError { code path } ... on ValidationFailed { issues { path code } } ... on ShareAlreadyRequested { again }
  ... on RequestContactShareSuccess { request { id state reason asker { id } } } } }`;
export const DECIDE = `mutation ($input: DecideContactShareRequestInput!) { decideContactShareRequest(input: $input) { __typename
  ... on UserError { code path } ... on ValidationFailed { issues { path code } } ... on ShareRequestDecided { request { state } }
  ... on DecideContactShareRequestSuccess { request { id state answer decidedAt decidedBy { id } contact { id } } } } }`;
export const REQUESTS = `query ($where: ContactShareRequestFilter) { contactShareRequests(where: $where) { totalCount nodes {
  id state reason answer asker { name } viewerRoles viewerCan { decide } } } }`;
