/** The box for the number: where the flyout's focus is at home. */
export const DIAL_INPUT = 'dial-number';

export const dialInput = (): HTMLElement | null => document.querySelector(`input[name="${DIAL_INPUT}"]`);
