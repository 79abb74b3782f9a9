#pragma once
#include <stdint.h>
#include <winscard.h>

// Constants that are casts in C, which Swift does not import.

static const uint32_t cpcsc_success = (uint32_t)SCARD_S_SUCCESS;
static const uint32_t cpcsc_timeout = (uint32_t)SCARD_E_TIMEOUT;
static const uint32_t cpcsc_no_service = (uint32_t)SCARD_E_NO_SERVICE;
static const uint32_t cpcsc_no_readers = (uint32_t)SCARD_E_NO_READERS_AVAILABLE;
static const uint32_t cpcsc_unknown_reader = (uint32_t)SCARD_E_UNKNOWN_READER;

/// Error codes are written with 32 bits, and returned in a long.
static inline uint32_t cpcsc_code(LONG result) { return (uint32_t)result; }

static inline LONG cpcsc_establish(SCARDCONTEXT *context) {
    return SCardEstablishContext(SCARD_SCOPE_SYSTEM, 0, 0, context);
}

/// `names` takes all readers, each ended by NUL.
static inline LONG cpcsc_readers(SCARDCONTEXT context, char *names, uint32_t *length) {
    DWORD size = *length;
    LONG result = SCardListReaders(context, 0, names, &size);
    *length = (uint32_t)size;
    return result;
}

/// Waits until the reader's state is not `known` any more; `state` takes the new one.
static inline LONG cpcsc_wait(SCARDCONTEXT context, const char *reader, uint32_t milliseconds,
                              uint32_t known, uint32_t *state) {
    SCARD_READERSTATE one = {.szReader = reader, .dwCurrentState = known};
    LONG result = SCardGetStatusChange(context, milliseconds, &one, 1);
    *state = (uint32_t)one.dwEventState;
    return result;
}

static inline LONG cpcsc_connect(SCARDCONTEXT context, const char *reader, SCARDHANDLE *card,
                                 uint32_t *protocol) {
    DWORD active = 0;
    LONG result = SCardConnect(context, reader, SCARD_SHARE_SHARED,
                               SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, card, &active);
    *protocol = (uint32_t)active;
    return result;
}

static inline LONG cpcsc_transmit(SCARDHANDLE card, uint32_t protocol, const uint8_t *sent,
                                  uint32_t sent_length, uint8_t *received, uint32_t *length) {
    DWORD size = *length;
    LONG result = SCardTransmit(card, protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1,
                                sent, sent_length, 0, received, &size);
    *length = (uint32_t)size;
    return result;
}
