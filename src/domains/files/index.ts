export { filesOn } from './bytes.service.ts';
export { type FileDoor, fileDoor } from './file.door.ts';
export { files } from './file.entity.ts';
export { File } from './file.refs.ts';
export { fileRoute } from './file.route.ts';
export { forgetLooseFiles } from './loose-files.chore.ts';
export { filesModule } from './module.ts';
export { type TransferPlaces, transferPlaces } from './transfer.places.ts';
