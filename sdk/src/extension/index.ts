export type { ExtensionState } from './register-extension.ts';
export { type ShutdownExtension, shutdownExtension } from './shutdown-extension.ts';
