// Every rule of RFC 9420 that a message can break here, with its section. Beside these an operation can fail with a
// fault of the codec (protocol/tls_syntax.hpp) where bytes are no structure at all.
//
// tests/unit/mls/ has a refusing test for each: the test's recorder fails if a rule of this list was never provoked.
#pragma once

#include "protocol/result.hpp"

#define VERANDA_MLS_RULES(X)                                                                              \
    /* Structures by themselves */                                                                        \
    X(version, "RFC 9420, 6")                   /* not mls10 */                                           \
    X(cipher_suite, "RFC 9420, 10.1")           /* not suite 3 */                                         \
    X(wire_format, "RFC 9420, 6")               /* not the kind of message asked for */                   \
    X(init_key, "RFC 9420, 10.1")               /* of a wrong length, or the encryption key */            \
    X(leaf_source, "RFC 9420, 7.3")             /* key_package, update or commit out of place */          \
    X(leaf_keys, "RFC 9420, 7.3")               /* of a wrong length */                                   \
    X(leaf_credential, "RFC 9420, 7.3")         /* not basic, or not in its own capabilities */           \
    X(leaf_capabilities, "RFC 9420, 7.2")       /* lack our version or suite */                           \
    X(leaf_extensions, "RFC 9420, 7.3")         /* twice, or not in its own capabilities */               \
    X(leaf_signature, "RFC 9420, 7.3")          /* not by the leaf's own key */                           \
    X(key_package_extensions, "RFC 9420, 13.4") /* twice */                                               \
    X(key_package_signature, "RFC 9420, 10.1")  /* not by its leaf's key */                               \
    X(required_capabilities, "RFC 9420, 11.1")  /* a leaf lacks what the group needs */                   \
    /* Trees */                                                                                           \
    X(tree_shape, "RFC 9420, 12.4.3.3")      /* leaf and parent nodes out of place; empty */              \
    X(tree_too_large, "RFC 9420, 7.7")       /* more than leaves_max */                                   \
    X(tree_hash, "RFC 9420, 12.4.3.1")       /* not the one of the GroupInfo */                           \
    X(parent_hash, "RFC 9420, 7.9.2")        /* a parent node that no leaf below vouches for */           \
    X(parent_key, "RFC 9420, 7.1")           /* of a wrong length */                                      \
    X(unmerged_leaves, "RFC 9420, 12.4.3.1") /* not members below, merged in between, or out of order */  \
    X(duplicate_key, "RFC 9420, 7.3")        /* an encryption or signature key twice */                   \
    /* Welcome */                                                                                         \
    X(welcome_not_for_us, "RFC 9420, 12.4.3.1")   /* no secrets for our key package */                    \
    X(welcome_secrets, "RFC 9420, 12.4.3")        /* they do not open, or are of wrong lengths */         \
    X(psk_unknown, "RFC 9420, 8.4")               /* we do not hold it */                                 \
    X(psk_nonce, "RFC 9420, 8.4")                 /* of a wrong length */                                 \
    X(psk_twice, "RFC 9420, 12.2")                /* one PSK named twice */                               \
    X(psk_usage, "RFC 9420, 8.4")                 /* reinit or branch out of place, or more than one */   \
    X(group_info, "RFC 9420, 12.4.3")             /* does not open */                                     \
    X(group_info_extensions, "RFC 9420, 13.4")    /* twice */                                             \
    X(group_info_signer, "RFC 9420, 12.4.3.1")    /* a blank leaf, or our own */                          \
    X(group_info_signature, "RFC 9420, 12.4.3.1") /* not by its signer's key */                           \
    X(ratchet_tree_missing, "RFC 9420, 12.4.3.3") /* neither inside nor beside */                         \
    X(own_leaf_missing, "RFC 9420, 12.4.3.1")     /* no leaf of the tree is ours */                       \
    X(welcome_path_secret, "RFC 9420, 12.4.3.1")  /* does not make the tree's public keys */              \
    X(confirmation_tag, "RFC 9420, 6.1")          /* not what our next epoch's keys make */               \
    /* Messages */                                                                                        \
    X(other_group, "RFC 9420, 6.3.2")                /* of another group id */                            \
    X(other_epoch, "RFC 9420, 6.3.2")                /* detail: ours */                                   \
    X(sender_data, "RFC 9420, 6.3.2")                /* does not open */                                  \
    X(sender_unknown, "RFC 9420, 6.3.2")             /* a blank leaf, or none. Detail: its index */       \
    X(own_message, "RFC 9420, 6.3.2")                /* what we sent ourselves */                         \
    X(generation_gone, "RFC 9420, 9.2")              /* opened before, or its key was given up */         \
    X(generation_too_far, "RFC 9420, 15.3")          /* more than skipped_generations_max ahead */        \
    X(decryption, "RFC 9420, 6.3.1")                 /* it does not open */                               \
    X(padding, "RFC 9420, 6.3.1")                    /* not all zeros */                                  \
    X(message_signature, "RFC 9420, 6.1")            /* not by its sender's key */                        \
    X(content_too_long, "client-lib/mls/limits.hpp") /* more than content_bytes_max */                    \
    X(generations_used_up, "RFC 9420, 9.1")          /* a ratchet at its end */                           \
    X(export_too_long, "RFC 5869, 2.3")              /* more than HKDF can expand to */                   \
    /* Proposals and Commits */                                                                           \
    X(proposal_by_reference, "RFC 9420, 12.4") /* not supported */                                        \
    X(standalone_proposal, "RFC 9420, 12.1")   /* not supported */                                        \
    X(proposal_kind, "RFC 9420, 12.1")         /* not supported. Detail: its type */                      \
    X(remove_unknown, "RFC 9420, 12.1.3")      /* a blank leaf, or none. Detail: its index */             \
    X(remove_twice, "RFC 9420, 12.2")          /* one leaf */                                             \
    X(remove_committer, "RFC 9420, 12.2")      /* by its own Commit */                                    \
    X(add_twice, "RFC 9420, 12.2")             /* the same signature key */                               \
    X(add_present, "RFC 9420, 12.2")           /* who is in the group and not removed */                  \
    X(path_required, "RFC 9420, 12.4")         /* and there is none */                                    \
    X(path_shape, "RFC 9420, 7.5")             /* not the nodes or ciphertexts it must have */            \
    X(path_parent_hash, "RFC 9420, 7.9.2")     /* not the one of the path */                              \
    X(path_keys, "RFC 9420, 12.4.2")           /* of a wrong length, old, or in the tree */               \
    X(path_credential, "RFC 9420, 5.3.1")      /* another identity than before */                         \
    X(path_secret, "RFC 9420, 7.5")            /* does not open, or makes other public keys */            \
    /* What only a FullGroup takes: PublicMessages and senders from outside */                            \
    X(application_in_public, "RFC 9420, 6")          /* only a PrivateMessage may hold it */              \
    X(membership_tag, "RFC 9420, 6.2")               /* not by a key of this epoch */                     \
    X(sender_content, "RFC 9420, 6")                 /* content that such a sender may not send */        \
    X(external_sender_unknown, "RFC 9420, 12.1.8.1") /* not in the extension. Detail: its index */        \
    X(external_proposal_kind, "RFC 9420, 12.1.8")    /* none that outsiders may make. Detail: its type */ \
    /* Proposals alone and by reference */                                                                \
    X(proposal_unknown, "RFC 9420, 12.4")              /* a reference to none of this epoch */            \
    X(proposals_too_many, "client-lib/mls/limits.hpp") /* pending in one epoch */                         \
    X(proposals_pending, "RFC 9420, 12.4")             /* they are committed before anyone speaks */      \
    X(update_key, "RFC 9420, 7.3")                     /* the encryption key that the leaf has already */ \
    X(update_credential, "RFC 9420, 5.3.1")            /* another identity than before */                 \
    X(update_by_committer, "RFC 9420, 12.2")           /* of its own leaf */                              \
    X(update_twice, "RFC 9420, 12.2")                  /* of one leaf. Detail: its index */               \
    X(update_and_remove, "RFC 9420, 12.2")             /* of one leaf. Detail: its index */               \
    X(group_extensions, "RFC 9420, 13.4")              /* one type twice, or contents that are none */    \
    X(group_extensions_twice, "RFC 9420, 12.2")        /* two such proposals */                           \
    X(reinit_version, "RFC 9420, 12.1.5")              /* older than the group's */                       \
    X(reinit_not_alone, "RFC 9420, 12.2")              /* beside other proposals */                       \
    X(reinit_done, "RFC 9420, 12.4.2")                 /* nothing is sent or taken after it */            \
    X(external_init_by_member, "RFC 9420, 12.2")       /* only a joiner may */                            \
    /* External Commits */                                                                                \
    X(external_pub, "RFC 9420, 12.4.3.2")              /* missing, or no key */                           \
    X(external_init, "RFC 9420, 12.2")                 /* none, two, or one that does not open */         \
    X(external_commit_proposal, "RFC 9420, 12.2")      /* a kind it may not hold. Detail: its type */     \
    X(external_commit_reference, "RFC 9420, 12.4.3.2") /* a proposal by reference */                      \
    X(external_commit_removes, "RFC 9420, 12.2")       /* more than one */                                \
    /* A group after another (11.2, 11.3) */                                                              \
    X(successor_parent, "RFC 9420, 12.4.3.1") /* the PSK's group is not the one handed in */              \
    X(successor_epoch, "RFC 9420, 12.4.3.1")  /* not 1 */                                                 \
    X(successor_parameters, "RFC 9420, 11.2") /* not those of the ReInit, or there was none */            \
    X(successor_members, "RFC 9420, 11.2")    /* not the same, or of a branch no subset */

namespace veranda::mls::rules {

#define VERANDA_MLS_DECLARE(name, section) inline constexpr Rule name{#name, section};
VERANDA_MLS_RULES(VERANDA_MLS_DECLARE)
#undef VERANDA_MLS_DECLARE

#define VERANDA_MLS_LIST(name, section) &name,
inline constexpr const Rule* all[] = {VERANDA_MLS_RULES(VERANDA_MLS_LIST)};
#undef VERANDA_MLS_LIST

}  // namespace veranda::mls::rules
