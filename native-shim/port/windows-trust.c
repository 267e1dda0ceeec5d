#include "windows-trust.h"

#include "../shim/trace.h"

#include <aclapi.h>
#include <sddl.h>
#include <wtsapi32.h>

#define SERVICE_SESSION 0u

/* Names of an account and of its domain, with their terminators. */
#define NAME_UNITS 257u
#define TOKEN_BYTES 256u

/*
 * The account of Tapline's service on terminal servers, NT SERVICE\Tapline. Windows makes such a SID from the
 * name alone: the SHA-1 of it in capitals and UTF-16, as five numbers.
 */
static const WCHAR service_sid[] = L"S-1-5-80-750156588-2173544015-1776802976-2475103129-2285794173";

/* Whether the owner of a kernel object is one that `accepts`. */
static bool check_owner(HANDLE object, bool (*accepts)(PSID owner, DWORD session), DWORD session)
{
    PSID owner = NULL;
    PSECURITY_DESCRIPTOR descriptor = NULL;
    if (GetSecurityInfo(object, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION, &owner, NULL, NULL, NULL,
                        &descriptor) != ERROR_SUCCESS) {
        return false;
    }
    const bool accepted = owner != NULL && accepts(owner, session);
    LocalFree(descriptor);
    return accepted;
}

static bool is_service(PSID owner)
{
    PSID service = NULL;
    if (IsWellKnownSid(owner, WinLocalSystemSid)) {
        return true;
    }
    const bool same = ConvertStringSidToSidW(service_sid, &service) && EqualSid(service, owner);
    LocalFree(service);
    return same;
}

/* Whether what Windows knows of the session, like the name of its user, is this text. */
static bool session_has(DWORD session, WTS_INFO_CLASS what, const WCHAR *text)
{
    WCHAR *value = NULL;
    DWORD size = 0;
    if (!WTSQuerySessionInformationW(WTS_CURRENT_SERVER_HANDLE, session, what, &value, &size)) {
        return false;
    }
    const bool same = text[0] != 0 && _wcsicmp(value, text) == 0;
    WTSFreeMemory(value);
    return same;
}

/*
 * The session's user is known by name; his token, with the SID, Windows gives to SYSTEM alone. A SID has one
 * name, so the owner's is compared.
 */
static bool is_user_of_session(PSID owner, DWORD session)
{
    WCHAR name[NAME_UNITS];
    WCHAR domain[NAME_UNITS];
    DWORD name_units = NAME_UNITS;
    DWORD domain_units = NAME_UNITS;
    SID_NAME_USE kind = SidTypeUnknown;
    return LookupAccountSidW(NULL, owner, name, &name_units, domain, &domain_units, &kind) &&
           kind == SidTypeUser && session_has(session, WTSUserName, name) &&
           session_has(session, WTSDomainName, domain);
}

static bool may_serve(PSID owner, DWORD session)
{
    return session == SERVICE_SESSION ? is_service(owner) : is_user_of_session(owner, session);
}

bool trust_pipe(HANDLE pipe, DWORD session)
{
    ULONG server = 0;
    if (!GetNamedPipeServerSessionId(pipe, &server)) {
        trace("link: the session of a pipe is unknown, error %u", (unsigned)GetLastError());
        return false;
    }
    if (server != session) {
        trace("link: the pipe of session %u is served by session %u", (unsigned)session, (unsigned)server);
        return false;
    }
    if (!check_owner(pipe, may_serve, session)) {
        trace("link: the pipe of session %u is not its user's", (unsigned)session);
        return false;
    }
    return true;
}

/* Whether one of the two accounts this process makes objects for is the owner. */
static bool is_in_own_token(PSID owner, TOKEN_INFORMATION_CLASS what)
{
    union {
        TOKEN_USER user;
        TOKEN_OWNER owner;
        BYTE bytes[TOKEN_BYTES];
    } held;
    DWORD size = 0;
    HANDLE token = NULL;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) {
        return false;
    }
    const bool known = GetTokenInformation(token, what, &held, sizeof held, &size);
    CloseHandle(token);
    return known && EqualSid(what == TokenUser ? held.user.User.Sid : held.owner.Owner, owner);
}

static bool is_own(PSID owner, DWORD session)
{
    (void)session;
    return IsWellKnownSid(owner, WinLocalSystemSid) || is_in_own_token(owner, TokenUser) ||
           is_in_own_token(owner, TokenOwner);
}

bool trust_own_object(HANDLE object)
{
    return check_owner(object, is_own, 0);
}
