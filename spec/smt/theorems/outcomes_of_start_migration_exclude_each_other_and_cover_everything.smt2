; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of start-migration, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: start-migration
; breakage: start-migration.smt2: "(= (dirty after) (exist before))" -> "(= (dirty after) no-page)"
; breakage: start-migration.smt2: "(ite (start-migration-check-3 before arguments result)" -> "(ite false"
(declare-const before State)
(declare-const after State)
(declare-const arguments Nothing)
(declare-const outcome Outcome)
(declare-const result Nothing)
;? (assert (= before (small-vm 1 (enabled before) true false no-page)))

; The conditions of the outcomes, each stated on its own.
(define-fun it-is-on () Bool
  (migrating before))
(define-fun there-are-no-slots () Bool
  (and (not (migrating before)) (not (exists ((id SlotId)) ((_ is slot) (select (slots before) id))))))
(define-fun it-starts-without-marks () Bool
  (and (not (migrating before)) (exists ((id SlotId)) ((_ is slot) (select (slots before) id))) (not (enabled before))))
(define-fun a-slot-has-no-dirty-log () Bool
  (and (not (migrating before)) (enabled before)
       (exists ((id SlotId)) (and ((_ is slot) (select (slots before) id)) (not (dirty-log (select (slots before) id)))))))
(define-fun it-starts-with-every-page-marked () Bool
  (and (not (migrating before)) (exists ((id SlotId)) ((_ is slot) (select (slots before) id))) (enabled before)
       (forall ((id SlotId)) (=> ((_ is slot) (select (slots before) id)) (dirty-log (select (slots before) id))))))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite it-is-on 1 0)
  (ite there-are-no-slots 1 0)
  (ite it-starts-without-marks 1 0)
  (ite a-slot-has-no-dirty-log 1 0)
  (ite it-starts-with-every-page-marked 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (start-migration before arguments after outcome result))
; refute
(assert (not (and
  (=> it-is-on (and (= outcome success) (= after before)))
  (=> there-are-no-slots (and (= outcome EINVAL) (= after before)))
  (=> it-starts-without-marks (and (= outcome success) (migrating after) (= (dirty after) (dirty before))))
  (=> a-slot-has-no-dirty-log (and (= outcome EINVAL) (= after before)))
  (=> it-starts-with-every-page-marked (and (= outcome success) (migrating after) (= (dirty after) (exist before)))))))
(check-sat)
(pop 1)
