// The way to the page to sign in at, and back to where one was.

export function signInAddress(): string {
  const here = location.pathname + location.search + location.hash;
  return `sign-in?next=${encodeURIComponent(here)}`;
}

// Leaves this page: what it asked for is not for who asks.
export function leadToSignIn(): void {
  location.assign(signInAddress());
}
