/* Every limit and deadline of tsp-setup, and the names it looks for. */
#ifndef TAPLINE_SETUP_LIMITS_H
#define TAPLINE_SETUP_LIMITS_H

/* The build passes the release from package.json. */
#ifndef TAPLINE_VERSION
#error "TAPLINE_VERSION is not defined"
#endif

#define PROVIDER_FILE L"tapline.tsp"
#define PROVIDER_FILE_TEXT "tapline.tsp"

/* The version of TAPI the provider list is asked in: lineGetProviderList exists since 1.4. */
#define PROVIDER_LIST_VERSION 0x00020000u

/* Bytes of a provider list: the first guess, and more than any machine has. */
#define PROVIDER_LIST_FIRST 4096u
#define PROVIDER_LIST_MAX 1048576u

/* Entries that are ours; more than this many are treated as this many until they are repaired. */
#define OWN_ENTRIES_MAX 16u

/* Characters of a file name in the list; Windows' own limit of a path. */
#define PROVIDER_NAME_MAX 260u

/* Seconds a whole command may take. The telephony service can hang while a program holds on to it. */
#define DEADLINE_DEFAULT 60u
#define DEADLINE_LONGEST 600u

#endif
