; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: Of all the inputs of start migration with up to two slots, each is in exactly one class.
; expect: unsat
; uses: bit-vectors
; breakage: itself: "(assert (and (=> no-log-0 first-slot) (=> no-log-1 second-slot)))" -> ""
; order: migrating-before not-enabled slot-count no-log-0 no-log-1
; trace if began-with-a-slot: {"op":"create_slot","id":2,"base_gfn":"0x400","pages":"0x100","dirty_log":true}
; trace if first-slot: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":<number log-0>}
; trace if second-slot: {"op":"create_slot","id":1,"base_gfn":"0x200","pages":"0x100","dirty_log":<number log-1>}
; trace if migrating-before: {"op":"start_migration"}
; trace if began-with-a-slot: {"op":"delete_slot","id":2}
; trace if enabled-before: {"op":"enable_cmma"}
; call: {"op":"start_migration"}
; then: {"op":"migration_status"}
; then if enabled-before: {"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"00"}
; then if enabled-before: {"op":"get","start_gfn":"0x0","count":1024}
; class: start-while-migrating ok START-MIGRATION-CHECK-1
; class: start-while-migrating-without-slots ok START-MIGRATION-CHECK-1
; class: start-without-slots EINVAL START-MIGRATION-CHECK-2
; class: start-without-cmma ok START-MIGRATION-CHECK-3
; class: start-without-cmma-and-without-a-dirty-log ok START-MIGRATION-CHECK-3
; class: start-with-no-dirty-log-in-the-first-slot EINVAL START-MIGRATION-CHECK-4
; class: start-with-no-dirty-log-in-the-second-slot EINVAL START-MIGRATION-CHECK-4
; class: start-with-no-dirty-log-in-both-slots EINVAL START-MIGRATION-CHECK-4
; class: start-with-one-slot ok START-MIGRATION-1
; class: start-with-two-slots ok START-MIGRATION-1
; The slots, of 256 pages each: none, one or two. Each may be without dirty log.
(declare-const slot-count (_ BitVec 8))
(declare-const no-log-0 Bool)
(declare-const no-log-1 Bool)
(assert (bvule slot-count #x02))
(define-fun first-slot () Bool (not (= slot-count #x00)))
(define-fun second-slot () Bool (= slot-count #x02))
(assert (and (=> no-log-0 first-slot) (=> no-log-1 second-slot)))
(define-fun log-0 () Bool (not no-log-0))
(define-fun log-1 () Bool (not no-log-1))
; What is on. Where migration mode is on it began before CMMA was enabled, so that nothing is marked; and where there is no slot now,
; there was one then.
(declare-const not-enabled Bool)
(declare-const migrating-before Bool)
(define-fun enabled-before () Bool (not not-enabled))
(define-fun began-with-a-slot () Bool (and migrating-before (not first-slot)))

; The classes.
(define-fun start-while-migrating () Bool
  (and migrating-before first-slot))
(define-fun start-while-migrating-without-slots () Bool
  (and migrating-before (not first-slot)))
(define-fun start-without-slots () Bool
  (and (not migrating-before) (not first-slot)))
(define-fun start-without-cmma () Bool
  (and (not migrating-before) first-slot not-enabled (not no-log-0) (not no-log-1)))
(define-fun start-without-cmma-and-without-a-dirty-log () Bool
  (and (not migrating-before) first-slot not-enabled (or no-log-0 no-log-1)))
(define-fun start-with-no-dirty-log-in-the-first-slot () Bool
  (and (not migrating-before) first-slot enabled-before no-log-0 (not no-log-1)))
(define-fun start-with-no-dirty-log-in-the-second-slot () Bool
  (and (not migrating-before) first-slot enabled-before (not no-log-0) no-log-1))
(define-fun start-with-no-dirty-log-in-both-slots () Bool
  (and (not migrating-before) first-slot enabled-before no-log-0 no-log-1))
(define-fun start-with-one-slot () Bool
  (and (not migrating-before) first-slot (not second-slot) enabled-before (not no-log-0)))
(define-fun start-with-two-slots () Bool
  (and (not migrating-before) second-slot enabled-before (not no-log-0) (not no-log-1)))

; Every possible input is in exactly one class.
; partition

; All of them.
(push 1)
; refute
(assert (not (= #x01 (bvadd
  (ite start-while-migrating #x01 #x00)
  (ite start-while-migrating-without-slots #x01 #x00)
  (ite start-without-slots #x01 #x00)
  (ite start-without-cmma #x01 #x00)
  (ite start-without-cmma-and-without-a-dirty-log #x01 #x00)
  (ite start-with-no-dirty-log-in-the-first-slot #x01 #x00)
  (ite start-with-no-dirty-log-in-the-second-slot #x01 #x00)
  (ite start-with-no-dirty-log-in-both-slots #x01 #x00)
  (ite start-with-one-slot #x01 #x00)
  (ite start-with-two-slots #x01 #x00)))))
(check-sat)
(pop 1)
