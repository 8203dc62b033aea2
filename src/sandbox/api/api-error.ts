/** A request the service refuses, in the words of its `error.list`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;

  constructor(status: number, code: string, message: string, field?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

export const notFound = (message = 'Resource Not Found'): ApiError =>
  new ApiError(404, 'not_found', message);

export const invalid = (message: string, field?: string): ApiError =>
  new ApiError(400, 'parameter_invalid', message, field);

export const missing = (message: string, field?: string): ApiError =>
  new ApiError(400, 'parameter_not_found', message, field);

/** The body of an answer that refuses. */
export function errorList(error: ApiError, requestId: string): unknown {
  const { code, message, field } = error;
  return {
    type: 'error.list',
    request_id: requestId,
    errors: [field === undefined ? { code, message } : { code, message, field }],
  };
}
