/** What all parts of the script share: the page, what the reader chose, and a voice. */

export const root = document.documentElement;
export const token =
  document.querySelector('meta[name="kb-token"]')?.getAttribute('content') ?? null;
export const byId = (id) => document.getElementById(id);

export const kept = {
  read(name) {
    try {
      return localStorage.getItem(`kb-${name}`);
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(`kb-${name}`, value);
    } catch {
      // Storage may be switched off; then the choice holds for this page.
    }
  },
};

/** Says something to people who look and to people who listen. */
export function tell(text) {
  const told = byId('kb-told');
  if (told !== null) told.textContent = text;
}
