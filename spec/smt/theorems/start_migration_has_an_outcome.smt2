; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, start-migration has an outcome: this one, said in words of its own.
; expect: unsat
; uses: start-migration
; breakage: start-migration.smt2: "(= (dirty after) (exist before))" -> "(= (dirty after) no-page)"
(declare-const before State)
(declare-const arguments Nothing)
(define-fun the-outcome () Outcome
  (ite (migrating before) success
  (ite (= (slots before) ((as const (Array SlotId Slot)) no-slot)) EINVAL
  (ite (not (enabled before)) success
  (ite (exists ((id SlotId)) (and (distinct (select (slots before) id) no-slot) (not (dirty-log (select (slots before) id))))) EINVAL
       success)))))
(define-fun the-state-after () State
  (ite (or (migrating before) (= the-outcome EINVAL)) before
  (ite (enabled before)
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) true (slots before) (exist before) (attributes before) (content before) (exist before))
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (used before) true (slots before) (exist before) (attributes before) (content before) (dirty before)))))
;? (define-fun a-slot ((log Bool)) Slot (slot #x0000000000000000 #x0000000000000002 log))
;? (declare-const the-slots (Array SlotId Slot))
;? (assert (or (= the-slots ((as const (Array SlotId Slot)) no-slot)) (= the-slots (store ((as const (Array SlotId Slot)) no-slot) #x00000000 (a-slot true)))
;?   (= the-slots (store (store ((as const (Array SlotId Slot)) no-slot) #x00000000 (a-slot true)) #x00000001 (a-slot false)))))
;? (assert (= the-slots (slots before)))
; refute
(assert (not (start-migration before arguments the-state-after the-outcome nothing)))
(check-sat)
