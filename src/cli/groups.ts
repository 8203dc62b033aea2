/** The headings that help lists commands under, in this order. */
export const starting = 'Start:';
export const writing = 'Write and review:';
export const publishing = 'Publish:';
export const asking = 'Ask:';
export const workshop = 'Workshop:';
