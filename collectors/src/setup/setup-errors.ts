/** Why a set-up was not done at all, by what a person has to do about it. */

/** No answer came from the engine. */
export class SetupConnectionError extends Error {
  readonly code = 'SETUP_CONNECTION';
  override readonly name = 'SetupConnectionError';
}

/** The engine does not know the caller (401), or does not let it see what is installed (403). */
export class SetupRefusedError extends Error {
  readonly code = 'SETUP_REFUSED';
  override readonly name = 'SetupRefusedError';
}

/** A newer release has been here, and this one would take back what it brought. */
export class NewerSchemaError extends Error {
  readonly code = 'NEWER_SCHEMA';
  override readonly name = 'NewerSchemaError';

  constructor(installed: number, ours: number) {
    super(
      `schema: expected version ${ours} or older, got ${installed}: a newer release is installed; use that one, or force this one over it`,
    );
  }
}

/** An index has the name that the alias of a channel must have; with the templates in place no daily index could be made. */
export class AliasTakenError extends Error {
  readonly code = 'ALIAS_TAKEN';
  override readonly name = 'AliasTakenError';

  constructor(name: string) {
    super(
      `index ${name}: expected none, because it is the alias of the indices ${name}-*, got one: reindex what is in it under another name and delete it`,
    );
  }
}

/** The engine answered with what cannot be an answer to the question. */
export class SetupAnswerError extends Error {
  readonly code = 'SETUP_ANSWER';
  override readonly name = 'SetupAnswerError';
}

/** What is to be installed beside the schema is not what it must be. */
export class SetupContentError extends Error {
  readonly code = 'SETUP_CONTENT';
  override readonly name = 'SetupContentError';
}
