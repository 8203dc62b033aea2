/** Is this an e-mail address as far as a look can tell? */
export function isEmail(text: string): boolean {
  return /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@<>"(),;:\\.]+$/.test(text);
}
