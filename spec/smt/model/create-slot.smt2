; SPDX-License-Identifier: MIT
; operation: create-slot
; arguments: create-slot-arguments
; result: Nothing
; checks: create-slot-4 create-slot-check-1 create-slot-check-2 create-slot-check-3 create-slot-check-4 create-slot-check-5
; never both: create-slot-check-1+create-slot-check-2 create-slot-check-1+create-slot-check-4
; same answer: create-slot-check-1+create-slot-check-3 create-slot-check-2+create-slot-check-3
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (create-slot-of #x00000001 #x0000000000000005 #x0000000000000001 true true))
; example of failure: (= before (small-vm 1 true true true page-0)) (= arguments (create-slot-of #x00000001 #x0000000000000005 #x0000000000000000 true true))
; uses: state
; Creating a slot, whose pages the guest then touches (spec/clauses/create-slot.md).

; The arguments: the slot, and whether an allocation succeeds.
(declare-datatypes ((create-slot-arguments 0)) (((create-slot-of
  (create-slot-id SlotId) (create-slot-base Gfn) (create-slot-pages Gfn) (create-slot-dirty-log Bool) (create-slot-allocates Bool)))))

; The id is in use. CREATE-SLOT-4
(define-fun create-slot-4 ((before State) (arguments create-slot-arguments) (result Nothing)) Bool
  ((_ is slot) (select (slots before) (create-slot-id arguments))))
(define-fun create-slot-4-answer
  ((before State) (arguments create-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EEXIST))

; No pages. CREATE-SLOT-CHECK-1
(define-fun create-slot-check-1 ((before State) (arguments create-slot-arguments) (result Nothing)) Bool
  (= (create-slot-pages arguments) #x0000000000000000))
(define-fun create-slot-check-1-answer
  ((before State) (arguments create-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; Too many pages. CREATE-SLOT-CHECK-2
(define-fun create-slot-check-2 ((before State) (arguments create-slot-arguments) (result Nothing)) Bool
  (bvugt (create-slot-pages arguments) most-pages-of-a-slot))
(define-fun create-slot-check-2-answer
  ((before State) (arguments create-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; It would reach past the end of memory: the sum of base and pages could carry, so the base is compared. CREATE-SLOT-CHECK-3
(define-fun reaches-past-memory ((first Gfn) (length Gfn)) Bool
  (or (bvugt length end-of-memory)
      (bvugt first (bvsub end-of-memory length))))                    ; difference: HIGHEST-BASE
(define-fun create-slot-check-3 ((before State) (arguments create-slot-arguments) (result Nothing)) Bool
  (reaches-past-memory (create-slot-base arguments) (create-slot-pages arguments)))
(define-fun create-slot-check-3-answer
  ((before State) (arguments create-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; One of its pages is there already. CREATE-SLOT-CHECK-4
(define-fun create-slot-check-4 ((before State) (arguments create-slot-arguments) (result Nothing)) Bool
  (exists ((page Gfn))
    (and (in-range page (create-slot-base arguments) (create-slot-pages arguments)) (select (exist before) page))))
(define-fun create-slot-check-4-answer
  ((before State) (arguments create-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EEXIST))

; No memory. CREATE-SLOT-CHECK-5
(define-fun create-slot-check-5 ((before State) (arguments create-slot-arguments) (result Nothing)) Bool
  (not (create-slot-allocates arguments)))
(define-fun create-slot-check-5-answer
  ((before State) (arguments create-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome ENOMEM))

; The pages of the slot appear: stable, without no-DAT, resident and clean. CREATE-SLOT-1
(define-fun pages-appear ((before State) (after State) (first Gfn) (length Gfn)) Bool
  (and (forall ((page Gfn))
         (= (select (exist after) page) (or (select (exist before) page) (in-range page first length))))
       (forall ((page Gfn))
         (= (select (attributes after) page) (ite (in-range page first length) #x00 (select (attributes before) page))))
       (forall ((page Gfn))
         (= (select (content after) page) (ite (in-range page first length) resident (select (content before) page))))))

; What a new slot does to migration mode, and to the marks of the pages that stay.
(define-fun migration-after-a-new-slot
  ((before State) (after State) (first Gfn) (length Gfn) (with-dirty-log Bool)) Bool
  (ite (and (migrating before) (not with-dirty-log))
       (migration-stops after)                                        ; CREATE-SLOT-2
       (and (keeps-migrating before after)                            ; CREATE-SLOT-3
            (forall ((page Gfn))
              (= (select (dirty after) page) (and (select (dirty before) page) (not (in-range page first length))))))))

; What it never changes.
(define-fun create-slot-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)))

(define-fun create-slot-effect ((before State) (arguments create-slot-arguments) (after State)) Bool
  (and (= (slots after) (store (slots before) (create-slot-id arguments)
         (slot (create-slot-base arguments) (create-slot-pages arguments) (create-slot-dirty-log arguments))))
       (pages-appear before after (create-slot-base arguments) (create-slot-pages arguments))
       (migration-after-a-new-slot before after
         (create-slot-base arguments) (create-slot-pages arguments) (create-slot-dirty-log arguments))))

(define-fun create-slot ((before State) (arguments create-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (create-slot-keeps before after)
  (ite (create-slot-4 before arguments result) (create-slot-4-answer before arguments after outcome result)
  (ite (create-slot-check-1 before arguments result) (create-slot-check-1-answer before arguments after outcome result)
  (ite (create-slot-check-2 before arguments result) (create-slot-check-2-answer before arguments after outcome result)
  (ite (create-slot-check-3 before arguments result) (create-slot-check-3-answer before arguments after outcome result)
  (ite (create-slot-check-4 before arguments result) (create-slot-check-4-answer before arguments after outcome result)
  (ite (create-slot-check-5 before arguments result) (create-slot-check-5-answer before arguments after outcome result)
       (and (= outcome success) (create-slot-effect before arguments after))))))))))
