import type { FieldErrors } from '../../shared/result.ts';

/** A change that a caller asks for. */
export interface Change<Input> {
  readonly input: Input;
  /** Fields that could not even be read; they are answered together with what the service finds. */
  readonly refused?: FieldErrors;
}
