; SPDX-License-Identifier: MIT
; operation: delete-slot
; arguments: delete-slot-arguments
; result: Nothing
; checks: delete-slot-check-1
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (delete-slot-of #x00000000 true))
; state after it: (= after (state true 1 true true true (store (slots before) #x00000000 no-slot) no-page all-stable all-resident no-page))
; example of failure: (= before (small-vm 1 true true true page-0)) (= arguments (delete-slot-of #x00000001 true))
; uses: state
; Deleting a slot (spec/clauses/delete-slot.md).

; The arguments: which slot, and whether an allocation succeeds. No definition below asks for that: nothing is allocated. DELETE-SLOT-3
(declare-datatypes ((delete-slot-arguments 0)) (((delete-slot-of (delete-slot-id SlotId) (delete-slot-allocates Bool)))))

; No slot has the id. DELETE-SLOT-CHECK-1
(define-fun delete-slot-check-1 ((before State) (arguments delete-slot-arguments) (result Nothing)) Bool
  (not ((_ is slot) (select (slots before) (delete-slot-id arguments)))))
(define-fun delete-slot-check-1-answer
  ((before State) (arguments delete-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; A slot's pages vanish, with their attributes and marks. What is no page is kept blank, so that equal VMs are equal states. DELETE-SLOT-1
(define-fun pages-vanish ((before State) (after State) (first Gfn) (length Gfn)) Bool
  (and (forall ((page Gfn))
         (= (select (exist after) page) (and (select (exist before) page) (not (in-range page first length)))))
       (forall ((page Gfn))
         (= (select (dirty after) page) (and (select (dirty before) page) (not (in-range page first length)))))
       (forall ((page Gfn))
         (= (select (attributes after) page) (ite (in-range page first length) #x00 (select (attributes before) page))))
       (forall ((page Gfn))
         (= (select (content after) page) (ite (in-range page first length) resident (select (content before) page))))))

; What it never changes: migration mode too. DELETE-SLOT-2
(define-fun delete-slot-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)
       (keeps-migrating before after)))

(define-fun delete-slot-effect ((before State) (arguments delete-slot-arguments) (after State)) Bool
  (let ((old (select (slots before) (delete-slot-id arguments))))
    (and (= (slots after) (store (slots before) (delete-slot-id arguments) no-slot))
         (pages-vanish before after (base old) (pages old)))))

(define-fun delete-slot ((before State) (arguments delete-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (delete-slot-keeps before after)
  (ite (delete-slot-check-1 before arguments result) (delete-slot-check-1-answer before arguments after outcome result)
       (and (= outcome success) (delete-slot-effect before arguments after)))))
