import { session } from 'electron';

/** No page needs camera, notifications, clipboard or anything else that Chromium asks for: all of it is denied. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}
