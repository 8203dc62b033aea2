import { ApiError } from '../api/api-error.ts';

/** What a reader of orders from outside finds wrong, as an answer that says so. */
export function refusing<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(
      400,
      'parameter_invalid',
      error instanceof Error ? error.message : String(error),
    );
  }
}
