// A reason as a sentence.

export const sentence = (reason) => `${reason[0].toUpperCase()}${reason.slice(1).replace(/\.$/, "")}.`;
