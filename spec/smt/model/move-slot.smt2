; SPDX-License-Identifier: MIT
; operation: move-slot
; arguments: move-slot-arguments
; result: Nothing
; checks: move-slot-check-1 move-slot-check-2 move-slot-check-3 move-slot-check-4
; same answer: move-slot-check-1+move-slot-check-2
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (move-slot-of #x00000000 #x0000000000000001 true))
; example of failure: (= before (small-vm 1 true true true page-0)) (= arguments (move-slot-of #x00000001 #x0000000000000001 true))
; uses: create-slot
; Moving a slot (spec/clauses/move-slot.md). That it is to delete the slot and to create it again is a theorem. A check that
; fails changes nothing. MOVE-SLOT-2

; The arguments: which slot, where to, and whether an allocation succeeds.
(declare-datatypes ((move-slot-arguments 0)) (((move-slot-of (move-slot-id SlotId) (move-slot-base Gfn) (move-slot-allocates Bool)))))

(define-fun slot-to-move ((before State) (arguments move-slot-arguments)) Slot
  (select (slots before) (move-slot-id arguments)))

; No slot has the id. MOVE-SLOT-CHECK-1
(define-fun move-slot-check-1 ((before State) (arguments move-slot-arguments) (result Nothing)) Bool
  (not ((_ is slot) (slot-to-move before arguments))))
(define-fun move-slot-check-1-answer
  ((before State) (arguments move-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; It would reach past the end of memory. MOVE-SLOT-CHECK-2
(define-fun move-slot-check-2 ((before State) (arguments move-slot-arguments) (result Nothing)) Bool
  (reaches-past-memory (move-slot-base arguments) (pages (slot-to-move before arguments))))
(define-fun move-slot-check-2-answer
  ((before State) (arguments move-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; Another slot holds one of the pages. MOVE-SLOT-CHECK-3
(define-fun move-slot-check-3 ((before State) (arguments move-slot-arguments) (result Nothing)) Bool
  (exists ((page Gfn))
    (and (in-range page (move-slot-base arguments) (pages (slot-to-move before arguments)))
         (select (exist before) page) (not (holds (slot-to-move before arguments) page)))))
(define-fun move-slot-check-3-answer
  ((before State) (arguments move-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EEXIST))

; No memory. MOVE-SLOT-CHECK-4
(define-fun move-slot-check-4 ((before State) (arguments move-slot-arguments) (result Nothing)) Bool
  (not (move-slot-allocates arguments)))
(define-fun move-slot-check-4-answer
  ((before State) (arguments move-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome ENOMEM))

; The old pages vanish, the new ones appear; where the two overlap, a page begins anew. MOVE-SLOT-1
(define-fun pages-move ((before State) (after State) (old Slot) (first Gfn)) Bool
  (and (forall ((page Gfn))
         (= (select (exist after) page)
            (or (in-range page first (pages old)) (and (select (exist before) page) (not (holds old page))))))
       (forall ((page Gfn))
         (= (select (attributes after) page)
            (ite (or (in-range page first (pages old)) (holds old page)) #x00 (select (attributes before) page))))
       (forall ((page Gfn))
         (= (select (content after) page)
            (ite (or (in-range page first (pages old)) (holds old page)) resident (select (content before) page))))))

; What a slot does to migration mode when it is created, it does when it is moved. MOVE-SLOT-3
(define-fun migration-after-a-move ((before State) (after State) (old Slot) (first Gfn)) Bool
  (ite (and (migrating before) (not (dirty-log old)))
       (migration-stops after)
       (and (keeps-migrating before after)
            (forall ((page Gfn))
              (= (select (dirty after) page)
                 (and (select (dirty before) page) (not (in-range page first (pages old))) (not (holds old page))))))))

; What it never changes.
(define-fun move-slot-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)))

(define-fun move-slot-effect ((before State) (arguments move-slot-arguments) (after State)) Bool
  (let ((old (slot-to-move before arguments)))
    (and (= (slots after) (store (slots before) (move-slot-id arguments)
           (slot (move-slot-base arguments) (pages old) (dirty-log old))))
         (pages-move before after old (move-slot-base arguments))
         (migration-after-a-move before after old (move-slot-base arguments)))))

(define-fun move-slot ((before State) (arguments move-slot-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (move-slot-keeps before after)
  (ite (move-slot-check-1 before arguments result) (move-slot-check-1-answer before arguments after outcome result)
  (ite (move-slot-check-2 before arguments result) (move-slot-check-2-answer before arguments after outcome result)
  (ite (move-slot-check-3 before arguments result) (move-slot-check-3-answer before arguments after outcome result)
  (ite (move-slot-check-4 before arguments result) (move-slot-check-4-answer before arguments after outcome result)
       (and (= outcome success) (move-slot-effect before arguments after))))))))
