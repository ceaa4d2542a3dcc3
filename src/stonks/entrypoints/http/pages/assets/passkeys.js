// Passkeys as browsers know them, and the JSON in which the server speaks of them.

const KIND = window.PublicKeyCredential;

export const canUsePasskeys = Boolean(KIND && navigator.credentials);

// Have a passkey made; what the server is told of it.
export async function make(options) {
  const publicKey = KIND.parseCreationOptionsFromJSON?.(options) ?? forCreation(options);
  return said(await navigator.credentials.create({ publicKey }).catch(explain));
}

// Have a passkey shown; what the server is told of it.
export async function show(options) {
  const publicKey = KIND.parseRequestOptionsFromJSON?.(options) ?? forRequest(options);
  return said(await navigator.credentials.get({ publicKey }).catch(explain));
}

const REASONS = {
  NotAllowedError: "that was cancelled, or took too long",
  InvalidStateError: "this device has a passkey of yours already",
  SecurityError: "passkeys work only at this site’s own address",
  NotSupportedError: "this device can make no such passkey",
};

function explain(error) {
  throw new Error(REASONS[error.name] ?? "this browser could not do it");
}

// What follows is for browsers that cannot read and write the JSON themselves.

const forCreation = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  user: { ...options.user, id: bytes(options.user.id) },
  excludeCredentials: options.excludeCredentials.map(known),
});

const forRequest = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  allowCredentials: options.allowCredentials.map(known),
});

const known = (credential) => ({ ...credential, id: bytes(credential.id) });

function said(credential) {
  if (credential.toJSON) return credential.toJSON();
  const { id, rawId, type, response, authenticatorAttachment } = credential;
  const json = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[name]) json[name] = text(response[name]);
  if (response.getTransports) json.transports = response.getTransports();
  return {
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment,
    response: json,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function bytes(value) {
  const plain = atob(value.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
