#pragma once
#include <nfc/nfc.h>
#include <string.h>

// libnfc's targets are packed structs with a union, which differ by platform and which Swift cannot
// be trusted with: these calls hand out plain bytes.

/// The only context of this process: ending any context takes the drivers of all others away.
/// 0: there is no memory for one.
static inline nfc_context *cnfc_context(void) {
    static nfc_context *context = 0;
    if (!context) nfc_init(&context);
    return context;
}

/// Selects one type A tag, any or the one of `uid`. As libnfc: above 0 found, 0 none, below 0 failed.
/// `header` takes ATQA and SAK, 3 bytes; `found` 10 bytes; `ats` 254 bytes.
static inline int cnfc_select_a(nfc_device *device, const uint8_t *uid, size_t uid_length,
                                uint8_t *header, uint8_t *found, size_t *found_length,
                                uint8_t *ats, size_t *ats_length) {
    const nfc_modulation modulation = {.nmt = NMT_ISO14443A, .nbr = NBR_106};
    nfc_target target;
    memset(&target, 0, sizeof target);
    int result = nfc_initiator_select_passive_target(device, modulation, uid_length ? uid : 0,
                                                     uid_length, &target);
    if (result <= 0) return result;
    const nfc_iso14443a_info *info = &target.nti.nai;
    memcpy(header, info->abtAtqa, 2);
    header[2] = info->btSak;
    *found_length = info->szUidLen <= 10 ? info->szUidLen : 0;
    memcpy(found, info->abtUid, *found_length);
    *ats_length = info->szAtsLen <= sizeof info->abtAts ? info->szAtsLen : 0;
    memcpy(ats, info->abtAts, *ats_length);
    return result;
}

/// Selects one FeliCa tag. `found` takes IDm and PMm, 16 bytes.
static inline int cnfc_select_felica(nfc_device *device, uint8_t *found) {
    const nfc_modulation modulation = {.nmt = NMT_FELICA, .nbr = NBR_212};
    const uint8_t anyone[] = {0x00, 0xFF, 0xFF, 0x01, 0x00};
    nfc_target target;
    memset(&target, 0, sizeof target);
    int result = nfc_initiator_select_passive_target(device, modulation, anyone, sizeof anyone,
                                                     &target);
    if (result <= 0) return result;
    memcpy(found, target.nti.nfi.abtId, 8);
    memcpy(found + 8, target.nti.nfi.abtPad, 8);
    return result;
}

/// Whether an opened device knows its own abilities. One that lost an answer while it was opened does
/// not, and would end the process at the first use.
static inline int cnfc_is_sound(nfc_device *device) {
    const nfc_modulation_type *types = 0;
    return nfc_device_get_supported_modulation(device, N_INITIATOR, &types) == 0 && types != 0;
}
