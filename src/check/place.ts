/** A place in a file of the content tree. 1-based. */
export interface Place {
  file: string;
  line: number;
  column: number;
}
